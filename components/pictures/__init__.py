"""Pictures that stand alone: a chart with title, legend, year, sentence, sources and licence."""

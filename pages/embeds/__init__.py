"""Charts in other people's pages: the frames, the codes that bring them there, and oEmbed."""

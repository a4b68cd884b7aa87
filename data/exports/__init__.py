"""Tables and indicators as files, made from the checked records.

Heavy libraries are loaded by modules of their own, those that write XLSX, Parquet and RDF; only
``data.builds`` imports them.
"""

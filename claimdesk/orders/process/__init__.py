"""The order process: states, events and transitions of an item, read from a seller's file, checked and drawn.

Pure: nothing here touches the database but `guards` and `commands`, which are what a process can ask and have done.
Come in by `reading.read_process`, `validation.problems_of`, `engine.next_transition` and `diagram.draw`.
"""

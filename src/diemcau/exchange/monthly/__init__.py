"""The monthly table of a body: out filled with its tasks, and back as what the body reports.

Source: the form ministries send on tasks given by the Government and the Prime Minister: number of
the conclusions notice with its day and signer, subject, content, result of the unit, state.
"""

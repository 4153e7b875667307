"""Long work that survives: cut in steps, each one transaction that does its piece and says how far
it came.

A room that has long work names a kind in its `jobs.py`:

    @kind("exchange.apply", _("Take the rows of a file in"))
    def _apply(job: Job) -> Work:
        rows = read_rows(job.arguments)          # outside any transaction, once a taking

        def step(job: Job) -> Step:              # inside one transaction
            done = apply_rows(job.asked_by, rows[job.cursor.get("at", 0):][:500])
            return Step(cursor={"at": done}, done=done, total=len(rows), is_last=done == len(rows))

        return step

and asks for it inside an action, so that the order and its entry in the log stand or fall together:

    job = ask("exchange.apply", by=actor, arguments={"import": 7})

A worker (`diemcau work`) takes it under a lease. Killed at whatever moment, it leaves the last
finished step; another worker goes on from there once the lease is over: nothing doubled, nothing
lost. What a step does to the ledger goes through actions like everything else; the columns of the
job itself are the worker's book-keeping and leave no entry.
"""

"""When and where work runs: the ticker, child processes, the lock of one worker a workspace."""

"""The cellar's engine room: sets up the environment, starts the servers and watches over the processes."""

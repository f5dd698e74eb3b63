"""The worker beside the web server: a process of its own, started again when it ends."""

import subprocess
import sys
import threading

RESTART_AFTER_SECONDS = 1.0
STOPPING_SECONDS = 8.0


class WorkerProcess:
    """Keeps one `claimdesk worker` running until told to stop."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.keeper = threading.Thread(target=self._keep, name="worker keeper", daemon=True)

    def start(self) -> None:
        """Start it."""
        self.keeper.start()

    def stop(self) -> None:
        """Stop it, in seconds."""
        self.stopping.set()
        if self.process and self.process.poll() is None:
            self.process.terminate()
        if self.keeper.is_alive():
            self.keeper.join(STOPPING_SECONDS)
        if self.process and self.process.poll() is None:
            self.process.kill()

    def _keep(self) -> None:
        command = [sys.executable, "-m", "claimdesk", "worker", "--ends-with-parent"]
        while not self.stopping.is_set():
            # A session of its own: Ctrl-C in a terminal reaches the server alone, which then stops this one.
            self.process = subprocess.Popen(  # noqa: S603 - our own words, no shell
                command, stdin=subprocess.DEVNULL, start_new_session=True
            )
            self.process.wait()
            self.stopping.wait(RESTART_AFTER_SECONDS)

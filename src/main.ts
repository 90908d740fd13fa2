import { runAsProcess } from "./ops/script.ts";
import { startOffice } from "./ops/start.ts";

const told = () =>
  new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });

await runAsProcess(startOffice({ told, tell: () => void process.kill(process.pid, "SIGTERM") }));

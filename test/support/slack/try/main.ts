import { startTrying } from "./office.ts";

// `npm run try:slack`: a Slack on this machine with the bot in it, and a page where you are whoever you choose.
const trying = await startTrying({ port: Number(process.env.PORT ?? 8021) });
console.log(`Slack with Lantian (蓝天) in it, on this machine only: ${trying.url}`);
console.log("Demonstration data (演示数据) in a temporary folder; it goes when you press Ctrl-C.");
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void trying.close().then(() => process.exit()));

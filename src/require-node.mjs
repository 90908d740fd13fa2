// Preloaded before anything else, in syntax that old Node versions parse: says in one line what is wrong
// instead of letting a native module crash.
const needed = 26;
const running = Number(process.versions.node.split(".")[0]);
if (running < needed) {
  console.error(
    `Lantian needs Node ${needed} or newer (this is ${process.version}). Run "npm install" in the project folder: it brings its own Node, then use "npm start".`,
  );
  process.exit(2);
}

// Compiled code is kept from one start to the next: half the time to the first answer. Older Nodes have no such thing.
process.getBuiltinModule?.("node:module").enableCompileCache?.();
await import("./resolve-modules.mjs");

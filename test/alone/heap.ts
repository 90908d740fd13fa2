// Loaded before a bot in a process of its own: asked over its channel, it collects and says what of its heap is in use.
process.on("message", () => {
  (globalThis as { gc?: () => void }).gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
process.channel?.unref();

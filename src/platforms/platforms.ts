import { isProvider } from "./kit/chat-platform.ts";
import { loadPlatforms } from "./kit/load-platforms.ts";

/** Every platform there is: a folder here with a `provider.ts`. Nothing is listed twice. */
export const PLATFORMS = await loadPlatforms(import.meta.dirname);

/** Those that are opened where the environment configures them. */
export const PROVIDERS = PLATFORMS.filter(isProvider);

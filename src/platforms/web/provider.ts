import { platform } from "../../chat/platform.ts";
import { CONSOLE } from "../../store/schema.ts";

/**
 * 网页: the console, which everybody has, and which is always open: it needs no settings, and `ops/start.ts` serves it, with the
 * requests of chat platforms beside it. All browsers of a member show one conversation.
 */
export default platform({ name: CONSOLE, words: { name: "网页" }, pushes: "everybody" });

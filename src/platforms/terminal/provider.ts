import { platform } from "../../chat/platform.ts";

/** 终端: whoever sits at the machine and says something by `npm run -s say`. Nothing is pushed there. */
export default platform({ name: "terminal", words: { name: "终端" }, pushes: "nobody" });

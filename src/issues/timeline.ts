import { z } from "zod";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { courseOf } from "./course.ts";
import { maySee } from "./sees.ts";

/** 经过图: an issue's course as a picture. */
export const timeline = paper({
  name: "issue.timeline",
  params: z.object({ issue: z.int() }),
  async data({ params, person }, context) {
    const issue = await context.store.issues.byId(params.issue);
    if (issue === null || !(await maySee(issue, person, context)))
      return refuse("forbidden", "这件问题不在您的权限范围内。");
    return courseOf(issue, await context.store.issues.history(issue.id), context);
  },
  async render(course, { marks }) {
    const { timelinePicture } = await import("../output/timeline.ts");
    return {
      name: `${course.no}经过图.png`,
      type: "image/png",
      bytes: await timelinePicture(course, marks),
    };
  },
});

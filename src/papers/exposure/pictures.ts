import { z } from "zod";
import { paper } from "../../chat/paper.ts";
import { refuse } from "../../chat/refusal.ts";
import { holdsRole } from "../../domain/posts.ts";
import { maskedPicture } from "../../output/masked-picture.ts";
import { speaksForCounty } from "./items.ts";

/** A picture of a problem as it will be made public: what it covers can't be brought back from it. */
export const maskedPhoto = paper({
  name: "exposure.picture",
  params: z.object({ exposure: z.int(), evidence: z.int() }),
  async data({ params, person }, context) {
    const gone = refuse("no-data", "这张照片已不在曝光材料里。", ["曝光"]);
    const exposure = await context.store.exposures.byId(params.exposure);
    const picture = exposure?.pictures.find(({ evidenceId }) => evidenceId === params.evidence);
    const issue = exposure === null ? null : await context.store.issues.byId(exposure.issueId);
    if (exposure === null || picture === undefined || issue === null) return gone;
    const may =
      holdsRole(person, "office", "city-lead", "supervision") ||
      (exposure.state === "informed" && speaksForCounty(issue, person, context));
    return may ? picture : refuse("forbidden", "这张照片不在您的权限范围内。");
  },
  render: async ({ name, sha256, boxes }, { vault }) => ({
    name: `${name.replace(/\.\w+$/, "")}（已遮挡）.jpg`,
    type: "image/jpeg",
    bytes: await maskedPicture(await vault.read(sha256), boxes),
  }),
});

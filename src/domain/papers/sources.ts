/** What papers print beside figures of the air: reports of progress, dustfall, the province's lists. */
export type PaperSource = "progress" | "dustfall" | "provincial-rank";

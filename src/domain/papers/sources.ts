/** What papers print beside figures of the air: reports of progress, dustfall, the province's lists, counties' targets. */
export type PaperSource = "progress" | "dustfall" | "provincial-rank" | "county-targets";

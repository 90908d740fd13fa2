// What papers print is reckoned anew from the days of the imports that they were frozen with, traced to the facts of the commands
// that answer the same, shown as it was frozen and kept when data change later: the papers of one office are held against it all.
import "./printed/reckoned.ts";
import "./printed/traced.ts";
import "./printed/traced-letters.ts";
import "./printed/shown.ts";
import "./printed/laid-out.ts";
import "./printed/kept.ts";

// What papers print is reckoned anew from the days of the imports that they were frozen with, traced to the facts of the commands
// that answer the same, and kept when data change later: the papers of one office are held against all three, in this order.
import "./printed/reckoned.ts";
import "./printed/traced.ts";
import "./printed/traced-letters.ts";
import "./printed/shown.ts";
import "./printed/kept.ts";

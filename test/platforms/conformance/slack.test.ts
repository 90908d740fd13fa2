import { slack } from "../../support/slack/conformance.ts";
import { conforms } from "./suite.ts";

conforms(slack);

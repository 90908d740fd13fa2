import { web } from "../../support/web/conformance.ts";
import { conforms } from "./suite.ts";

conforms(web);

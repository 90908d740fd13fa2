import { telegram } from "../../support/telegram/conformance.ts";
import { conforms } from "./suite.ts";

conforms(telegram);

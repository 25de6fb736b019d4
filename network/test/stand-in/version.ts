/** What the stand-in says it is: Besu's form, so that the checks on it run, and a mark that it is none. */
const VERSION = process.env["STAND_IN_VERSION"] ?? "26.8.0";

export const CLIENT_NAME = `besu/v${VERSION}/stand-in-${process.platform}/openjdk-java-25`;

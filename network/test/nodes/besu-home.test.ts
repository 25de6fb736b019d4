import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { findBesu } from "../../nodes/besu-home.ts";
import type { BesuHome } from "../../nodes/besu-home.ts";
import { findJava } from "../../nodes/java.ts";
import { networkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";

/** As Besu's own start script chooses: JAVA_HOME's java, else the PATH's; and what the JVM says of classes too new. */
const BESU_SCRIPT = `#!/bin/sh
if [ -n "$JAVA_HOME" ]; then java="$JAVA_HOME/bin/java"; else java=java; fi
major=$("$java" -version 2>&1 | sed -n 's/.*version "\\([0-9]*\\).*/\\1/p')
if [ "\${major:-0}" -lt 25 ]; then
  echo "java.lang.UnsupportedClassVersionError: org/hyperledger/besu/Besu (class file version 69.0)" >&2
  exit 1
fi
echo "2026-11-23 some line of a log"
echo "besu/vVERSION/linux-x86_64/openjdk-java-$major"
echo "some-plugin/v1.2.3"
`;

describe("finding Besu and its Java", function () {
  this.timeout(60_000);
  let base: string;
  const said: string[] = [];

  const script = (path: string, text: string): void => {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text, { mode: 0o755 });
  };
  /** A folder as an installer leaves it; its java only knows its version. */
  const javaHome = (name: string, version: string): string => {
    const home = join(base, "jvm", name);
    script(join(home, "bin/java"), `#!/bin/sh\necho 'openjdk version "${version}" 2026-01-01' >&2\n`);
    writeFileSync(join(home, "release"), `IMPLEMENTOR="X"\nJAVA_VERSION="${version}"\n`);
    return home;
  };
  const besuHome = (version: string): string => {
    const home = join(base, `besu-${version}`);
    script(join(home, "bin/besu"), BESU_SCRIPT.replace("VERSION", version));
    return home;
  };
  const find = (env: Record<string, string>, javaPlaces: string[] = []): Promise<BesuHome> => {
    said.length = 0;
    // Never the machine's own Java: /bin and /usr/bin have the tools of the script, and on many machines a java.
    return findBesu({
      env: { PATH: join(base, "path"), ...env },
      folder: networkFolder(base),
      wanted: "26.8.0",
      say: (line) => said.push(line),
      javaPlaces,
    });
  };
  const refusal = async (finding: Promise<unknown>): Promise<NetworkError> => {
    const error: unknown = await finding.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(NetworkError);
    return error as NetworkError;
  };

  before(() => {
    base = mkdtempSync(join(tmpdir(), "besu-home-"));
    for (const tool of ["sed", "sh"]) script(join(base, "path", tool), `#!/bin/sh\nexec /bin/${tool} "$@"\n`);
    javaHome("java-8", "1.8.0_401");
    javaHome("java-17", "17.0.15");
    javaHome("java-25-old", "25.0.1");
    javaHome("java-25-new", "25.0.10");
    script(join(base, "jvm/empty/bin/java"), "#!/bin/sh\nexit 1\n");
  });
  after(() => {
    rmSync(base, { recursive: true });
  });

  it("takes the newest Java of the usual places that is new enough, by its release file", () => {
    expect(findJava([join(base, "jvm"), join(base, "nowhere")])).to.deep.equal({
      home: join(base, "jvm/java-25-new"),
      version: "25.0.10",
      major: 25,
    });
    expect(findJava([])).to.equal(undefined);
  });

  it("reads the version among whatever else is printed", async () => {
    const found = await find({ BESU_HOME: besuHome("26.8.0"), JAVA_HOME: join(base, "jvm/java-25-old") });
    expect(found).to.deep.equal({ program: join(base, "besu-26.8.0/bin/besu"), version: "26.8.0", env: {} });
  });

  for (const [version, isTaken] of [
    ["26.7.1", false],
    ["25.12.0", false],
    ["26.3-develop-abc1234", false],
    ["26.8.1", true],
    ["26.10-develop-abc1234", true],
    ["27.1.0", true],
  ] as const)
    it(`${isTaken ? "takes" : "refuses"} Besu ${version}`, async () => {
      const finding = find({ BESU_HOME: besuHome(version), JAVA_HOME: join(base, "jvm/java-25-new") });
      if (isTaken) expect((await finding).version).to.equal(version);
      else
        expect((await refusal(finding)).message)
          .to.include(`Besu ${version} is too old`)
          .and.include("26.8");
    });

  it("finds another Java when the PATH's is too old, uses it for the nodes and says so", async () => {
    script(join(base, "path/java"), `#!/bin/sh\necho 'openjdk version "17.0.15" 2025-04-15' >&2\n`);
    const found = await find({ BESU_HOME: besuHome("26.8.0") }, [join(base, "jvm")]);
    expect(found.env).to.deep.equal({ JAVA_HOME: join(base, "jvm/java-25-new") });
    expect(said.join("\n")).to.include("Using Java 25.0.10").and.include("the PATH's java is 17.0.15");
    const without = await refusal(find({ BESU_HOME: besuHome("26.8.0") }));
    expect(without.message).to.include("the PATH's java is 17.0.15").and.include("install one");
    expect(without.exitCode).to.equal(3);
    rmSync(join(base, "path/java"));
  });

  it("finds one when there is no java on the PATH at all", async () => {
    const found = await find({ BESU_HOME: besuHome("26.8.0") }, [join(base, "jvm")]);
    expect(found.env.JAVA_HOME).to.equal(join(base, "jvm/java-25-new"));
    expect(said.join("\n")).to.include("there is no java on the PATH");
  });

  it("never overrules JAVA_HOME, but names what would do", async () => {
    const old = await refusal(
      find({ BESU_HOME: besuHome("26.8.0"), JAVA_HOME: join(base, "jvm/java-17") }, [join(base, "jvm")]),
    );
    expect(old.message)
      .to.include("is Java 17.0.15")
      .and.include(`set JAVA_HOME=${join(base, "jvm/java-25-new")}`);
    const broken = await refusal(find({ BESU_HOME: besuHome("26.8.0"), JAVA_HOME: join(base, "jvm/empty") }));
    expect(broken.message).to.include("holds no bin/java that runs");
  });

  it("shows what a program said that is no Besu, and names what is not there", async () => {
    const home = join(base, "other");
    script(join(home, "bin/besu"), "#!/bin/sh\necho 'something else' >&2\nexit 3\n");
    const other = await refusal(find({ BESU_HOME: home, JAVA_HOME: join(base, "jvm/java-25-new") }));
    expect(other.message).to.include("does not tell a version of Besu").and.include("something else");
    expect((await refusal(find({ BESU_HOME: join(base, "nowhere") }))).message).to.include("is not there");
    mkdirSync(join(base, "unrunnable/bin"), { recursive: true });
    writeFileSync(join(base, "unrunnable/bin/besu"), "", { mode: 0o644 });
    expect((await refusal(find({ BESU_HOME: join(base, "unrunnable") }))).message).to.include("chmod a+x");
    expect((await refusal(find({}))).message).to.include("BESU_HOME is not set");
  });
});

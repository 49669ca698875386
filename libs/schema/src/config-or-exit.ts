import { ValidationError } from './validation-error';

/** EX_CONFIG of sysexits.h: something is wrong with the configuration. */
const badConfiguration = 78;

/**
 * What `read` returns. If it refuses the configuration, each mistake is printed to stderr and the
 * process ends with exit code 78.
 * @param describe one line for each mistake; never a value of the configuration
 * @throws any other error of `read`
 */
export function configOrExit<Config>(
  read: () => Config,
  describe: (error: ValidationError) => readonly string[] = fieldsOf,
): Config {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const lines = describe(error).map((line) => `  ${line}\n`);
    process.stderr.write(`${error.message}\n${lines.join('')}`);
    process.exit(badConfiguration);
  }
}

function fieldsOf({ fields }: ValidationError): readonly string[] {
  return fields.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`.trim());
}

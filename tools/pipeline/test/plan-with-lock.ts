import { terraformIn } from '../src/core/terraform/terraform';
import { interruption } from '../src/io/interruption';

/** A program of its own, so that a test can signal it: plans the stack in a folder, and holds its lock meanwhile. */
const [folder = '', program = ''] = process.argv.slice(2);
terraformIn(folder, { program, variables: {}, signal: interruption() })
  .plan({ lock: true })
  .catch((error: unknown) => {
    process.stdout.write(String(error));
    process.exitCode = 1;
  });

/** One event of `terraform apply -json` that is shown. */
export interface ApplyProgress {
  readonly kind: 'done' | 'error' | 'warning';
  readonly text: string;
}

interface Line {
  readonly type?: string;
  readonly '@message'?: string;
  readonly hook?: {
    readonly resource?: { readonly addr?: string };
    readonly elapsed_seconds?: number;
  };
  readonly diagnostic?: {
    readonly severity?: string;
    readonly summary?: string;
    readonly detail?: string;
    readonly address?: string;
  };
}

/** @param line of machine-readable UI output @returns undefined for lines that are not shown */
export function applyProgress(line: string): ApplyProgress | undefined {
  const parsed = parse(line);
  if (parsed?.type === 'apply_complete')
    return {
      kind: 'done',
      text: `${parsed.hook?.resource?.addr} ${parsed.hook?.elapsed_seconds ?? 0}s`,
    };
  if (parsed?.type === 'diagnostic' && parsed.diagnostic) {
    const { severity, summary, detail, address } = parsed.diagnostic;
    const text = [address, summary, detail].filter(Boolean).join(': ');
    return { kind: severity === 'error' ? 'error' : 'warning', text };
  }
  return undefined;
}

function parse(line: string): Line | undefined {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return undefined;
  }
}

/** The ARN by name: key policies and other accounts refer to the role without waiting for it. */
export const deployRoleArn = (accountId: string) =>
  `arn:aws:iam::${accountId}:role/clarity-github-deploy`;

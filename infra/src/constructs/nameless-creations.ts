/** Creations that AWS cannot narrow down to a name, because what they make has none yet. */
export const namelessCreations: Readonly<Record<string, string>> = {
  'cognito-idp:CreateUserPool': 'A user pool gets its id when it is made.',
  'kms:CreateKey': 'A key gets its id when it is made.',
  'route53:CreateHealthCheck': 'A health check gets its id when it is made.',
  'route53:CreateHostedZone': 'A zone gets its id when it is made.',
  'logs:CreateLogDelivery': 'Log deliveries have no ARN; WAF makes one for its log.',
  'logs:DeleteLogDelivery': 'Log deliveries have no ARN.',
  'logs:GetLogDelivery': 'Log deliveries have no ARN.',
  'logs:ListLogDeliveries': 'Log deliveries have no ARN.',
  'logs:UpdateLogDelivery': 'Log deliveries have no ARN.',
  'logs:PutResourcePolicy': 'The resource policies of Logs have no ARN.',
  'logs:DeleteResourcePolicy': 'The resource policies of Logs have no ARN.',
  'logs:PutQueryDefinition': 'Saved queries have no ARN.',
  'logs:DeleteQueryDefinition': 'Saved queries have no ARN.',
  'ecs:DeregisterTaskDefinition': 'ECS knows no resource for it.',
  'backup-storage:MountCapsule': 'AWS Backup asks for it to make a vault, and knows no resource.',
};

/** Actions that AWS cannot restrict to a name, because the resource has none yet; with the reason. */
export const namelessCreations: Readonly<Record<string, string>> = {
  'acm:RequestCertificate': 'A certificate gets its id at creation.',
  'chatbot:CreateSlackChannelConfiguration': 'Chatbot supports no resource for it.',
  'cognito-idp:CreateUserPool': 'A user pool gets its id at creation.',
  'elasticloadbalancing:SetWebACL': 'Load balancing supports no resource for it; WAF requires it.',
  'kms:CreateKey': 'A key gets its id at creation.',
  'route53:CreateHealthCheck': 'A health check gets its id at creation.',
  'route53:CreateHostedZone': 'A zone gets its id at creation.',
  'logs:CreateLogDelivery': 'Log deliveries have no ARN; WAF creates one for its log.',
  'logs:DeleteLogDelivery': 'Log deliveries have no ARN.',
  'logs:GetLogDelivery': 'Log deliveries have no ARN.',
  'logs:ListLogDeliveries': 'Log deliveries have no ARN.',
  'logs:UpdateLogDelivery': 'Log deliveries have no ARN.',
  'logs:PutResourcePolicy': 'Resource policies of CloudWatch Logs have no ARN.',
  'logs:DeleteResourcePolicy': 'Resource policies of CloudWatch Logs have no ARN.',
  'logs:PutQueryDefinition': 'Saved queries have no ARN.',
  'logs:DeleteQueryDefinition': 'Saved queries have no ARN.',
  'ecs:DeregisterTaskDefinition': 'ECS supports no resource for it.',
  'backup-storage:MountCapsule':
    'AWS Backup requires it to create a vault, and supports no resource.',
};

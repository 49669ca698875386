"""What moto 5.2 lacks or gets wrong, closed by one module per AWS service.

Some modules complete what AWS answers, others refuse what AWS refuses (see refusals.py).

Each module has `fill(module)`, called with the moto module it completes, right after moto imports
that. moto loads a service when it is first used, and so do the gaps: nothing here slows the start.
"""

import importlib
import importlib.machinery
import sys
from importlib.abc import MetaPathFinder

#: moto module -> the module here that completes it
GAPS = {
    "moto.acm.responses": "certificates",
    "moto.applicationautoscaling.responses": "application_autoscaling",
    "moto.backup.responses": "backup",
    "moto.backup.urls": "backup_routes",
    "moto.autoscaling.responses": "auto_scaling_groups",
    "moto.backends": "service_names",
    "moto.batch.models": "batch",
    "moto.batch.responses": "batch_updates",
    "moto.budgets.responses": "budgets",
    "moto.ce.responses": "cost_explorer",
    "moto.cloudformation.models": "stack_templates",
    "moto.cloudwatch.models": "metrics",
    "moto.cloudwatch.responses": "cloudwatch",
    "moto.cognitoidp.models": "user_pools",
    "moto.cognitoidp.responses": "cognito",
    "moto.dynamodb.models": "dynamodb_writes",
    "moto.dynamodb.models.table": "dynamodb_tables",
    "moto.dynamodb.responses": "dynamodb",
    "moto.ec2.models.launch_templates": "launch_templates",
    "moto.ec2.models.subnets": "subnets",
    "moto.ec2.responses": "ec2",
    "moto.ecr.models": "images",
    "moto.ecs.responses": "container_instances",
    "moto.elbv2.models": "load_balancer_attributes",
    "moto.elbv2.responses": "load_balancers",
    "moto.events.models": "event_rules",
    "moto.guardduty.models": "guardduty",
    "moto.iam.models": "identity_providers",
    "moto.iam.responses": "iam_quotas",
    "moto.kms.responses": "kms",
    "moto.logs.responses": "logs",
    "moto.route53.responses": "hosted_zones",
    "moto.s3.models": "s3",
    "moto.s3.responses": "s3_access_logs",
    "moto.sagemaker.models": "sagemaker",
    "moto.sagemaker.responses": "sagemaker_endpoints",
    "moto.servicequotas.responses": "service_quotas",
    "moto.secretsmanager.responses": "secrets",
    "moto.sns.responses": "sns",
    "moto.sqs.models": "sqs",
    "moto.sqs.responses": "messages",
    "moto.ssm.responses": "parameters",
    "moto.wafv2.responses": "web_acls",
    "moto.xray.models": "xray_traces",
    "moto.xray.urls": "xray",
}


class _FillAfterImport(MetaPathFinder):
    """Finds the modules of GAPS as Python itself would, and completes each once it has run."""

    def find_spec(self, fullname, path, target=None):
        gap = GAPS.get(fullname)
        spec = gap and importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if not spec or not spec.loader:
            return None
        run = spec.loader.exec_module

        def run_and_fill(module):
            run(module)
            importlib.import_module(f"{__name__}.{gap}").fill(module)

        spec.loader.exec_module = run_and_fill
        return spec


def install() -> None:
    """Has to run before moto imports any service."""
    sys.meta_path.insert(0, _FillAfterImport())

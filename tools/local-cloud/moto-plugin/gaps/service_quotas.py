"""Service Quotas: quotas of EC2 and SageMaker.

AWS: GetServiceQuota and ListServiceQuotas answer with the values of the account. moto has those of VPC only, and
no ListServiceQuotas. The account here is one that has asked for GPUs: a new one has none.

Source: "Service quotas" in the Amazon EC2 and Amazon SageMaker AI user guides.
"""

import json
from types import ModuleType

#: service -> quota code, name, value
QUOTAS = {
    "ec2": (
        ("L-0263D0A3", "EC2-VPC Elastic IPs", 5.0),
        ("L-DB2E81BA", "Running On-Demand G and VT instances", 256.0),
        ("L-3819A6DF", "All G and VT Spot Instance Requests", 256.0),
    ),
    "sagemaker": (("L-1928E07B", "ml.g5.xlarge for endpoint usage", 8.0),),
}


def fill(module: ModuleType) -> None:
    responses = module.ServiceQuotasResponse
    get_service_quota = responses.get_service_quota

    def quota(service, code, name, value):
        return {"ServiceCode": service, "QuotaCode": code, "QuotaName": name, "Value": value}

    def list_service_quotas(self):
        service = self._get_param("ServiceCode")
        quotas = [quota(service, *each) for each in QUOTAS.get(service, ())]
        return json.dumps({"Quotas": quotas})

    def get(self):
        service, code = self._get_param("ServiceCode"), self._get_param("QuotaCode")
        for each in QUOTAS.get(service, ()):
            if each[0] == code:
                return json.dumps({"Quota": quota(service, *each)})
        return get_service_quota(self)

    responses.list_service_quotas = list_service_quotas
    responses.get_service_quota = get

"""ACM: the algorithm of a certificate's key.

AWS: RequestCertificate takes KeyAlgorithm (default RSA_2048) and DescribeCertificate gives it back.
moto ignores it, so that a certificate with an elliptic curve would be replaced on every plan.
"""

import json
from types import ModuleType

from .kept import kept


def fill(module: ModuleType) -> None:
    responses = module.AWSCertificateManagerResponse
    request, describe = responses.request_certificate, responses.describe_certificate

    def algorithms(self):
        return kept(self.acm_backend, "key_algorithms")

    def request_certificate(self):
        response = request(self)
        asked_for = self._get_param("KeyAlgorithm")
        if asked_for and isinstance(response, str):
            algorithms(self)[json.loads(response)["CertificateArn"]] = asked_for
        return response

    def describe_certificate(self):
        response = describe(self)
        asked_for = algorithms(self).get(self._get_param("CertificateArn"))
        if not asked_for or not isinstance(response, str):
            return response
        shown = json.loads(response)
        shown["Certificate"]["KeyAlgorithm"] = asked_for
        return json.dumps(shown)

    responses.request_certificate = request_certificate
    responses.describe_certificate = describe_certificate

"""SageMaker: endpoints of configurations without data capture, and UpdateEndpoint.

AWS: data capture is optional, and UpdateEndpoint moves an endpoint to another configuration. moto
reads a block that need not be there, and answers 500 to UpdateEndpoint.
"""

from types import ModuleType

from .model_images import check_requests


def fill(module: ModuleType) -> None:
    from moto.core.responses import ActionResult
    from moto.core.utils import utcnow
    from moto.sagemaker.models import FakeEndpoint, SageMakerModelBackend

    def create_endpoint(self, endpoint_name, endpoint_config_name, tags):
        self.describe_endpoint_config(endpoint_config_name)
        configuration = self.endpoint_configs[endpoint_config_name]
        endpoint = FakeEndpoint(
            account_id=self.account_id,
            region_name=self.region_name,
            endpoint_name=endpoint_name,
            endpoint_config_name=endpoint_config_name,
            production_variants=configuration.production_variants,
            data_capture_config=configuration.data_capture_config,
            tags=tags,
        )
        self.endpoints[endpoint_name] = endpoint
        return endpoint

    def update_endpoint(self):
        backend = self.sagemaker_backend
        name = self._get_param("EndpointName")
        backend.describe_endpoint(name)
        before = backend.endpoints[name]
        endpoint = backend.create_endpoint(
            name, self._get_param("EndpointConfigName"), before.tags
        )
        endpoint.creation_time = before.creation_time
        endpoint.last_modified_time = utcnow()
        return ActionResult({"EndpointArn": endpoint.arn})

    SageMakerModelBackend.create_endpoint = create_endpoint
    module.SageMakerResponse.update_endpoint = update_endpoint
    check_requests(module.SageMakerResponse)

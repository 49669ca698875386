"""EC2 launch templates: the template's own tags.

AWS: a tag specification for the resource type `launch-template` tags the template and is not part
of its data. moto puts it into LaunchTemplateData as well, so a template with the provider's
default_tags drifts on the second plan.
"""

from types import ModuleType


def fill(module: ModuleType) -> None:
    backend = module.LaunchTemplateBackend
    create = backend.create_launch_template

    def create_launch_template(self, name, description, template_data, tag_spec):
        of_instances = [
            specification
            for specification in template_data.pop("TagSpecifications", None) or []
            if specification.get("ResourceType") != "launch-template"
        ]
        if of_instances:
            template_data["TagSpecifications"] = of_instances
        return create(self, name, description, template_data, tag_spec)

    backend.create_launch_template = create_launch_template

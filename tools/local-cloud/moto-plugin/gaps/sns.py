"""SNS: the signature version of a topic.

AWS: GetTopicAttributes gives back the SignatureVersion that a topic was created with or set to. moto
stores it and never shows it, so that every topic with one drifts.
"""

from types import ModuleType


def fill(module: ModuleType) -> None:
    responses = module.SNSResponse
    show = responses.get_topic_attributes

    def get_topic_attributes(self):
        answer = show(self)
        topic = self.backend.get_topic(self._get_param("TopicArn"))
        version = getattr(topic, "signature_version", None)
        if version:
            answer.result["Attributes"]["SignatureVersion"] = version
        return answer

    responses.get_topic_attributes = get_topic_attributes

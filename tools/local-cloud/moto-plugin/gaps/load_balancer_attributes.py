"""Elastic Load Balancing: the attributes of load balancers and target groups.

AWS: the Describe calls list every attribute of the type with its default, and Modify changes those that
it names. moto lists a few, one of them with the default of another type.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
"""

from types import ModuleType

APPLICATION_LOAD_BALANCER = {
    "access_logs.s3.enabled": "false",
    "access_logs.s3.bucket": "",
    "access_logs.s3.prefix": "",
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.enabled": "false",
    "connection_logs.s3.bucket": "",
    "connection_logs.s3.prefix": "",
    "deletion_protection.enabled": "false",
    "health_check_logs.s3.enabled": "false",
    "health_check_logs.s3.bucket": "",
    "health_check_logs.s3.prefix": "",
    "idle_timeout.timeout_seconds": "60",
    "ipv6.deny_all_igw_traffic": "false",
    "load_balancing.cross_zone.enabled": "true",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
}

#: Of instances or addresses behind an application load balancer.
HTTP_TARGET_GROUP = {
    "deregistration_delay.timeout_seconds": "300",
    "load_balancing.algorithm.anomaly_mitigation": "off",
    "load_balancing.algorithm.type": "round_robin",
    "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
    "slow_start.duration_seconds": "0",
    "stickiness.app_cookie.cookie_name": "",
    "stickiness.app_cookie.duration_seconds": "86400",
    "stickiness.enabled": "false",
    "stickiness.lb_cookie.duration_seconds": "86400",
    "stickiness.type": "lb_cookie",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
}


def fill(module: ModuleType) -> None:
    balancer, group = module.FakeLoadBalancer, module.FakeTargetGroup
    start_balancer, start_group = balancer.__init__, group.__init__

    def init_balancer(self, *args, **kwargs):
        start_balancer(self, *args, **kwargs)
        if self.type == "application":
            # An internal one does not take traffic from an internet gateway.
            internal = str(self.scheme == "internal").lower()
            self.attrs = {**APPLICATION_LOAD_BALANCER, "ipv6.deny_all_igw_traffic": internal}

    def init_group(self, *args, **kwargs):
        start_group(self, *args, **kwargs)
        if self.protocol in ("HTTP", "HTTPS"):
            self.attributes = dict(HTTP_TARGET_GROUP)

    balancer.VALID_ATTRS.update(APPLICATION_LOAD_BALANCER)
    balancer.__init__, group.__init__ = init_balancer, init_group

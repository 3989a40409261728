"""What people look like over SCIM (RFC 7643): those attributes alone that the kiosk keeps."""

from __future__ import annotations

from typing import Annotated

from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    External,
    Filter,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)
from scim2_models.resources.resource import AnyExtension

MOST_RESULTS = 1000


class NameParts(ComplexAttribute):
    """The parts of a name."""

    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class EmailAddress(ComplexAttribute):
    """The one e-mail address that the kiosk keeps of a person."""

    value: str | None = None
    type: str | None = None
    primary: bool | None = None


class User(Resource[AnyExtension]):
    """A person of the office; photographs are no part of it, for a face takes its owner's consent."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: NameParts | None = None
    display_name: str | None = None
    nick_name: str | None = None
    title: str | None = None
    active: bool | None = None
    emails: list[EmailAddress] | None = None


class EnterpriseUser(Extension):
    """What offices know of their people beside that."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    employee_number: Annotated[str | None, CaseExact.true] = None
    department: str | None = None


OfficeUser = User[EnterpriseUser]
ENTERPRISE = str(EnterpriseUser.__schema__)

# Entra ID and Okta send far more than a kiosk keeps, and Entra names in `value` what is to be removed.
POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)


def scim_provider() -> ScimProvider:
    """Return what the kiosk tells of itself under /ServiceProviderConfig, /ResourceTypes and /Schemas."""
    token = AuthenticationScheme(
        type=AuthenticationScheme.Type.oauthbearertoken,
        name="token",
        description="A token of the scope scim, which `kiosk token create --scope scim` has shown.",
        spec_uri=Reference[External]("https://datatracker.ietf.org/doc/html/rfc6750"),
        primary=True,
    )
    config = ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MOST_RESULTS),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=ETag(supported=True),
        authentication_schemes=[token],
    )
    return ScimProvider(
        models=[User, EnterpriseUser],
        resource_types=[ResourceType.from_resource(OfficeUser)],
        config=config,
        policy=POLICY,
    )

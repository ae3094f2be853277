//! What the services send. Decoding is lenient: numbers may be strings, missing fields are empty, unknown ones ignored.

mod image;
mod lenient;
mod network;
mod others;
mod server;
mod token;
mod volume;

pub(in crate::provider) use image::{GlanceImage, ImageRecord, MAPPING, OneImage};
#[cfg(test)]
pub(in crate::provider) use network::FixedIp;
pub(in crate::provider) use network::{
    NetworkRecord, OneSecurityGroup, PortRecord, SecurityGroupRecord, SecurityRuleRecord,
};
pub(in crate::provider) use others::{FlavorRecord, KeyPairRecord, OneKeyPair};
pub(in crate::provider) use server::{AttachedVolume, OneCreatedServer, OneServer, ServerRecord};
pub(in crate::provider) use token::{Access, EndpointV3, OneTokenV3, ServiceEndpoint, ServiceRecord};
pub(in crate::provider) use volume::{
    OneCreatedVolume, OneUpload, OneVolume, OneVolumeSnapshot, VolumeAttachment, VolumeRecord, VolumeSnapshotRecord,
};

//! What python-openstackclient lists and what the program lists.

use super::cloud::Cloud;
use super::openstack_client::{OpenstackClient, folder};

pub(crate) fn are_those_of_the_client(cloud: &Cloud<'_>) {
    let name = cloud.named("listed");
    cloud.server(&name);
    let variables = cloud.surroundings.variables.iter().filter(|(name, _)| name.starts_with("OS_"));
    let variables = variables.map(|(name, value)| (name.clone(), value.clone())).collect();
    let client = OpenstackClient { folder: folder().unwrap(), variables, home: cloud.home().to_path_buf() };
    print!("{}", client.compare(|list| cloud.json(&["list", list])));
    cloud.destroy(&name);
}

"""openstacksdk from lists to the end of a server, by the variables of the environment."""

import openstack

conn = openstack.connect()

assert [server.name for server in conn.compute.servers()] == ["web-01", "db", "batch"]
assert [server.name for server in conn.compute.servers(name="web")] == ["web-01"]
assert [server.name for server in conn.compute.servers(status="SHUTOFF")] == ["db"]
assert [server.name for server in conn.compute.servers(limit=1)] == ["web-01", "db", "batch"]
assert conn.compute.find_server("db").status == "SHUTOFF"
assert "m1.small" in [flavor.name for flavor in conn.compute.flavors()]
assert len(list(conn.image.images(visibility="private"))) == 4
assert [image.name for image in conn.image.images(name="old-blog")] == ["old-blog"]
assert [network.name for network in conn.network.networks()] == ["public", "private"]
assert "web" in [group.name for group in conn.network.security_groups()]
assert [key.name for key in conn.compute.keypairs()] == ["laptop"]
assert conn.compute.get_limits().absolute.instances == 10

server = conn.create_server(
    "sdk", image="debian-12", flavor="m1.small", network="public", wait=True, auto_ip=False
)
assert server.status == "ACTIVE" and server.public_v4, server
conn.compute.stop_server(server)
conn.compute.wait_for_server(conn.compute.get_server(server.id), "SHUTOFF")
conn.compute.start_server(server)
conn.compute.wait_for_server(conn.compute.get_server(server.id), "ACTIVE")
image = conn.create_image_snapshot("sdk-saved", server.id, wait=True)
assert image.status == "active" and image.size, image
assert conn.delete_image(image.id, wait=True)
assert conn.delete_server(server.id, wait=True)
assert conn.get_server("sdk") is None
print("done")

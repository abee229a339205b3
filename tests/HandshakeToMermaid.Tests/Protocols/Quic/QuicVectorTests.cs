using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Quic;

/// <summary>RFC 9001 appendix A and RFC 9369 appendix A, section by section.</summary>
public sealed class QuicVectorTests
{
    [Theory]
    [InlineData(1, true, "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea", "1f369613dd76d5467730efcbe3b1a22d", "fa044b2f42a3fd3b46fb255c", "9f50449e04a0e810283a1e9933adedd2")]
    [InlineData(1, false, "3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b", "cf3a5331653c364c88f0f379b6067e37", "0ac1493ca1905853b0bba03e", "c206b8d9b9f0f37644430b490eeaa314")]
    [InlineData(2, true, "14ec9d6eb9fd7af83bf5a668bc17a7e283766aade7ecd0891f70f9ff7f4bf47b", "8b1a0bc121284290a29e0971b5cd045d", "91f73e2351d8fa91660e909f", "45b95e15235d6f45a6b19cbcb0294ba9")]
    [InlineData(2, false, "0263db1782731bf4588e7e4d93b7463907cb8cd8200b5da55a8bd488eafc37c1", "82db637861d55e1d011f19ea71d5d2a7", "dd13c276499c0249d3310652", "edf6d05c83121201b436e16877593c3a")]
    public void A1_the_keys_of_initials(int version, bool isClient, string secret, string key, string iv, string mask)
    {
        var of = Version(version);
        var extracted = HKDF.Extract(HashAlgorithmName.SHA256, QuicVectors.Destination, of.Salt.ToArray());
        Assert.Equal(secret, Expand(extracted, isClient ? "client in"u8 : "server in"u8, 32));
        var traffic = Convert.FromHexString(secret);
        Assert.Equal((key, iv, mask), (Expand(traffic, of.KeyLabel, 16), Expand(traffic, of.IvLabel, 12), Expand(traffic, of.MaskLabel, 16)));
    }

    [Theory]
    [InlineData(1, QuicVectors.ClientInitialV1)]
    [InlineData(2, QuicVectors.ClientInitialV2)]
    public void A2_the_clients_initial(int version, string packet)
    {
        var payload = Open(version, packet, isClient: true);
        Assert.Equal(1162, payload.Length);
        Assert.Equal(QuicVectors.ClientFrame, Convert.ToHexStringLower(payload.AsSpan(0, QuicVectors.ClientFrame.Length / 2)));
        Assert.Equal(-1, payload.AsSpan(QuicVectors.ClientFrame.Length / 2).IndexOfAnyExcept((byte)0));

        // As a flow: read from the wire, with its type bits, its length and its id.
        var session = new QuicTalk();
        session.Client(Convert.FromHexString(packet));
        Assert.Equal("c:client_hello", session.Messages);
        Assert.Equal("example.com", session.Tls.ServerName);
        Assert.Equal($"QUIC v{version}", session.Quic.Version.Name);
    }

    [Theory]
    [InlineData(1, "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee")]
    [InlineData(2, "dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698baeea26b91eb761d9b89237bbf87263017915358230035f7fd3945d88965cf17f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca84bed8521e2e140")]
    public void A3_the_servers_initial(int version, string packet) => Assert.Equal(QuicVectors.ServerFrames, Convert.ToHexStringLower(Open(version, packet, isClient: false)));

    [Theory]
    [InlineData(1, "ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba")]
    [InlineData(2, "cf6b3343cf0008f067a5502a4262b5746f6b656ec8646ce8bfe33952d955543665dcc7b6")]
    public void A4_a_retry(int version, string packet)
    {
        foreach (var isFalse in (ReadOnlySpan<bool>)[false, true])
        {
            var session = new QuicTalk();
            session.Client(Convert.FromHexString(version == 1 ? QuicVectors.ClientInitialV1 : QuicVectors.ClientInitialV2));
            var retry = Convert.FromHexString(packet);
            if (isFalse) retry[^1] ^= 1;
            session.Server(retry);
            var step = session.Quic.Steps.Single(s => s.Title == "Retry");
            Assert.Equal(isFalse, step.Facts().Any(f => f.Text.Contains("invalid integrity tag", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData(1, "c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8", "e0459b3474bdd0e44a41c144", "25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4", "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9", "4cfe4189655e5cd55c41f69080575d7999c25a5bfb")]
    [InlineData(2, "3bfcddd72bcf02541d7fa0dd1f5f9eeea817e09a6963a0e6c7df0f9a1bab90f2", "a6b5bc6ab7dafce30ffff5dd", "d659760d2ba434a226fd37b35c69e2da8211d10c4f12538787d65645d5d1b8e2", "c69374c49e3d2a9466fa689e49d476db5d0dfbc87d32ceeaa6343fd0ae4c7d88", "5558b1c60ae7b6b932bc27d786f4bc2bb20f2162ba")]
    public void A5_a_short_header_under_chacha20(int version, string key, string iv, string mask, string update, string packet)
    {
        var of = Version(version);
        Assert.Equal(
            (key, iv, mask, update),
            (Expand(QuicVectors.ChaChaSecret, of.KeyLabel, 32), Expand(QuicVectors.ChaChaSecret, of.IvLabel, 12), Expand(QuicVectors.ChaChaSecret, of.MaskLabel, 32), Expand(QuicVectors.ChaChaSecret, of.UpdateLabel, 32)));

        // Its number, 654360564, was cut to three bytes: it is the receiver's to know what came before.
        using var seal = PacketSeal.Of(of, HashAlgorithmName.SHA256, BulkCipher.ChaCha20Poly1305, 32, QuicVectors.ChaChaSecret)!;
        using var number = NumberMask.Create(BulkCipher.ChaCha20Poly1305, Convert.FromHexString(mask))!;
        var bytes = Convert.FromHexString(packet);
        Span<byte> hidden = stackalloc byte[NumberMask.Length];
        number.Write(bytes.AsSpan(5, 16), hidden);
        byte[] header = [(byte)(bytes[0] ^ (hidden[0] & 0x1F)), (byte)(bytes[1] ^ hidden[1]), (byte)(bytes[2] ^ hidden[2]), (byte)(bytes[3] ^ hidden[3])];
        Assert.Equal("4200bff4", Convert.ToHexStringLower(header));
        Assert.Equal(654360564UL, PacketNumber.Nearest(654360563, 0x00bff4, 24));
        Assert.Equal([0x01], seal.TryOpen(654360564, header, bytes.AsSpan(4))!);
    }

    private static byte[] Open(int version, string packet, bool isClient)
    {
        using var keys = QuicKeys.Initial(Version(version), QuicVectors.Destination, isClient)!;
        return keys.TryOpen(Convert.FromHexString(packet), 18)!;
    }

    private static string Expand(byte[] secret, ReadOnlySpan<byte> label, int length)
    {
        var output = new byte[length];
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, secret, label, default, output);
        return Convert.ToHexStringLower(output);
    }

    private static QuicVersion Version(int number) => new(number == 1 ? 1u : 0x6B3343CFu);
}

using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>What the reader of one header must yield.</summary>
/// <param name="Name">The case.</param>
/// <param name="Read">The reader.</param>
/// <param name="Header">The header, and not a byte more than the reader looks at.</param>
/// <param name="Expected">The answer.</param>
internal sealed record HeaderCase(string Name, EncapsulationReader Read, byte[] Header, Encapsulation Expected)
{
    /// <summary>The header alone and with more behind it gives the answer; cut anywhere it is no such header, or one that goes on beyond its bytes.</summary>
    public void Check()
    {
        Assert.Equal((Name, Expected), (Name, Read(Header)));
        Assert.Equal((Name, Expected), (Name, Read([.. Header, .. new byte[8]])));
        for (var length = 0; length < Header.Length; length++)
        {
            var cut = Read(Header.AsSpan(0, length));
            Assert.True(cut.IsNotThis || cut.HeaderLength > length, $"{Name}, cut to {length} bytes: {cut}");
        }
    }
}

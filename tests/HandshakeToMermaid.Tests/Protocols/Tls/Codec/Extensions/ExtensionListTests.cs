using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Extensions;

public class ExtensionListTests
{
    [Theory]
    [InlineData("10 11 10", "10")]
    [InlineData("10 11 10 11 10", "10 11 10")]
    [InlineData("10 11 12", "")]
    [InlineData("", "")]
    public void Types_that_come_again_are_listed_in_a_short_list_and_in_a_long_one(string types, string duplicates)
    {
        var codes = types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
        foreach (var before in new[] { 0, 29, 30, 31, 32, 33, 500 })
        {
            int[] all = [.. Enumerable.Range(0x4000, before), .. codes];
            var list = Read([.. all.Select(code => Extension(code))]);
            Assert.Equal(all, list.Select(e => (int)e.Type.Code));
            Assert.Equal(duplicates, string.Join(' ', list.Duplicates.Select(d => d.Code)));
            Assert.Equal(all.Length, list.Count);
        }
    }

    [Fact]
    public void The_first_of_a_type_counts()
    {
        var list = Read(Extension(0x7777), Alpn("h2"), Alpn("http/1.1"), Groups(0x1D));
        Assert.True(list.Has(ExtensionType.SupportedGroups));
        Assert.False(list.Has(ExtensionType.Cookie));
        Assert.Same(list[1], list.Find<AlpnExtension>());
        Assert.Same(list[1], list.Find<AlpnExtension>(ExtensionType.ApplicationLayerProtocolNegotiation));
        Assert.Null(list.Find<AlpnExtension>(ExtensionType.ApplicationSettings));
        Assert.Null(list.Find<AlpnExtension>(ExtensionType.SupportedGroups));
        Assert.Null(list.Find<CookieExtension>());
        Assert.Equal(4, ((System.Collections.IEnumerable)list).Cast<object>().Count());
    }

    private static ExtensionList Read(params byte[][] extensions)
    {
        var bytes = Vector16(extensions);
        var reader = new WireReader(bytes);
        var list = ExtensionList.Read(ref reader, bytes, MessagePlace.ServerHello);
        Assert.Equal(default, reader.Fault);
        return list;
    }
}

using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

/// <summary>The name alone is found where a hello is whole and names one host, and then it is the one that decoding finds.</summary>
public class ServerNameOnlyTests
{
    [Theory]
    [InlineData("0303 C1*32 [1 AA] [2 1301] [1 00] [2 7777 [2 01] 0000 [2 [2 00 [2 616263]]] 7778 [2]]", "abc")]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 00 [2 61]]]]", "a")]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 7777 [2]]", "")]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00]", "")]
    [InlineData("0303 C1*32 [1] [2] [1] [2]", "")]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 00 [2]]]]", null)]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 01 [2 61]]]]", null)]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 00 [2 61] 00 [2 62]]]]", null)]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 00 [2 61]]] 0000 [2 [2 00 [2 62]]]]", null)]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2]]", null)]
    [InlineData("0303 C1*32 [1] [2 130113] [1 00] [2 0000 [2 [2 00 [2 61]]]]", null)]
    [InlineData("FEFD C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 00 [2 61]]]]", null)]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 00 [2 61]]]] 00", null)]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 [2 00 0002 61]]]", null)]
    [InlineData("0303 C1*32 [1] [2 1301] [1 00] [2 0000 [2 0005 00 [2 61]]]", null)]
    public void A_hello_that_names_one_host_or_none_is_answered_without_decoding(string hex, string? name)
    {
        var body = Decoded.Bytes(hex);
        Assert.Equal(name is not null, ClientHello.TryReadServerName(body, out var found));
        if (name is null) return;
        Assert.Equal(name, Encoding.ASCII.GetString(found));
        for (var at = 0; at < body.Length; at++)
        {
            Assert.True(Agrees(body[..at]), $"{at} bytes");
            for (var value = 0; value < 256; value++)
            {
                var changed = body.ToArray();
                changed[at] = (byte)value;
                Assert.True(Agrees(changed), $"byte {at} is {value}");
            }
        }
    }

    private static bool Agrees(byte[] body)
    {
        if (!ClientHello.TryReadServerName(body, out var name)) return true;
        var decoded = ClientHello.Read(body);
        return (decoded.ServerName ?? "") == WireText.Decode(name) && decoded.Fault == decoded.Extensions.Fault;
    }
}

using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Registries;

/// <summary>Which application protocols are named as they are where names are hidden.</summary>
public class AlpnNamesTests
{
    [Theory]
    [InlineData("http/0.9 http/1.0 http/1.1 h2 h2c h3 hq hq-interop")]
    [InlineData("stun.turn stun.nat-discovery webrtc c-webrtc sip/2")]
    [InlineData("ftp imap pop3 managesieve coap co xmpp-client xmpp-server acme-tls/1 mqtt dot doq ntske/1 sunrpc smb irc nntp nnsp")]
    [InlineData("tds/8.0 dicom postgresql radius/1.0 radius/1.1")]
    [InlineData("h2-14 h3-29 spdy/3.1 \u000A\u000A JJ ZZ zz")]
    public void Names_of_the_registry_their_drafts_and_grease_identify_nobody(string names)
    {
        foreach (var name in names.Split(' ')) Assert.True(AlpnNames.AreRegistered(name), name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("h4")]
    [InlineData("H2")]
    [InlineData("ah2-14")]
    [InlineData("my-secret-project")]
    [InlineData("JZ")]
    [InlineData("JJJ")]
    [InlineData("J")]
    public void Other_names_may_identify_somebody(string name) => Assert.False(AlpnNames.AreRegistered(name));
}

using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Steps.Words;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Steps.Words;

public class MessageWordsCatalogTests
{
    [Fact]
    public void Every_class_of_messages_has_its_words()
    {
        var classes = typeof(HandshakeMessage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HandshakeMessage)) && !t.IsAbstract).ToList();
        Assert.NotEmpty(classes);
        Assert.Empty(classes.Except(MessageWordsCatalog.All.Select(words => words.MessageType)));
    }

    [Theory]
    [InlineData(0, "HelloRequest")]
    [InlineData(2, "ServerHello")]
    [InlineData(6, "HelloRetryRequest")]
    [InlineData(14, "ServerHelloDone")]
    [InlineData(20, "Finished")]
    [InlineData(99, "Handshake message unknown_99")]
    public void A_number_alone_gives_the_title(byte type, string title) =>
        Assert.Equal(title, MessageWordsCatalog.TitleOf(new HandshakeType(type)));
}

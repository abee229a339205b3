using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of every handshake message: a line for each class of messages.</summary>
internal static class MessageWordsCatalog
{
    /// <summary>The texts of a message's class.</summary>
    /// <exception cref="KeyNotFoundException">The class has no line here.</exception>
    public static IMessageWords Of(HandshakeMessage message) => ByType[message.GetType()];

    /// <summary>The title of a message of which only the number is known.</summary>
    public static string TitleOf(HandshakeType type)
    {
        var message = HandshakeMessage.Read(type, default, MessageContext.Initial);
        return Of(message).TitleOf(message);
    }

    /// <summary>One for each class of messages.</summary>
    public static readonly IMessageWords[] All =
    [
        new CertificateWords(),
        new CertificateRequestWords(),
        new CertificateStatusWords(),
        new CertificateVerifyWords(),
        new ClientHelloWords(),
        new ClientKeyExchangeWords(),
        new CompressedCertificateWords(),
        new EmptyMessageWords(),
        new EncryptedExtensionsWords(),
        new MessageWords<Finished>("Finished", "confirms that nothing was altered", isMinor: true),
        new HelloVerifyRequestWords(),
        new KeyUpdateWords(),
        new NewSessionTicketWords(),
        new NextProtocolWords(),
        new OpaqueMessageWords(),
        new ServerHelloWords(),
        new ServerKeyExchangeWords(),
        new Ssl2ClientMasterKeyWords(),
        new Ssl2ServerHelloWords(),
    ];

    private static readonly Dictionary<Type, IMessageWords> ByType = All.ToDictionary(words => words.MessageType);
}

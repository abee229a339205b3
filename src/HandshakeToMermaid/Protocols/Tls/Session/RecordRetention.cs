namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>Decides which records of a session are stored for later decryption.</summary>
/// <param name="setting">The secrets, and whether more may come.</param>
/// <param name="session">The session as read without keys.</param>
/// <param name="encryption">Says whether anything is encrypted.</param>
internal sealed class RecordRetention(TlsSetting setting, TlsSession session, RecordEncryption encryption)
{
    private int secretsSeen = -1;
    private bool isKnown;

    /// <summary>True where the content of application data may be of use: secrets are known or may come, or nothing is encrypted.</summary>
    public bool KeepsApplicationData => KeepsEncrypted || (encryption.IsNull && setting.Inner is not null);

    /// <summary>True where the encrypted records may be of use.</summary>
    public bool KeepsEncrypted => setting.AwaitsSecrets(session.CipherSuite) || IsKnown || (session.ClientHello is null && !setting.Secrets.IsEmpty);

    /// <summary>True where secrets of this session are known.</summary>
    public bool IsKnown
    {
        get
        {
            if (isKnown || session.ClientHello is not { } hello || secretsSeen == setting.Secrets.Version) return isKnown;
            secretsSeen = setting.Secrets.Version;
            return isKnown = setting.Secrets.Knows(hello.SessionRandom.Span);
        }
    }
}

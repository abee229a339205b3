namespace HandshakeToMermaid;

/// <summary>How certain a conclusion is.</summary>
public enum HandshakeConfidence
{
    /// <summary>The capture shows it; <c>proved</c> in JSON.</summary>
    Verified,

    /// <summary>It is the best explanation of what the capture shows; <c>likely</c> in JSON.</summary>
    Likely,
}

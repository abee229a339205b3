namespace HandshakeToMermaid.Streams;

/// <summary>How much of a flow a record can hold.</summary>
internal enum RecordedState
{
    /// <summary>A snapshot: the flow goes on, and is recorded again.</summary>
    Open,

    /// <summary>The flow is over, or the capture is: nothing can follow.</summary>
    Closed,

    /// <summary>The flow went on and was followed no longer, because too much was open at once. What did not happen by then may have happened afterwards.</summary>
    Evicted,
}

using Bridge.Calling;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>One way to put tools to a chat model and to read its calls back.</summary>
internal interface ICallFormat
{
    /// <summary>Makes the request; the profile's temperature and output limit are added by who sends it.</summary>
    ChatRequest Write(ProposalRequest request);

    /// <summary>Reads the calls of the answer.</summary>
    /// <exception cref="UnreadableAnswerException">The answer was meant to be a call and is none.</exception>
    Proposal Read(ChatResponse response, ProposalRequest request);
}

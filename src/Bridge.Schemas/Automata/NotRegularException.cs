namespace Bridge.Schemas.Automata;

/// <summary>A rule about text that no automaton of bounded size can express.</summary>
/// <param name="reason">Why, as a clause: <c>it looks ahead</c>.</param>
internal sealed class NotRegularException(string reason) : Exception(reason);
